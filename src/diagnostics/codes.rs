//! The registry of codes. A code keeps its number for ever; a retired number is never used again.

codes! {
    /// The tender folder does not exist.
    FolderMissing = "E0001",
    /// The tender's path is not a folder.
    NotAFolder = "E0002",
    /// A file that every tender has is not there.
    FileMissing = "E0003",
    /// The system refuses to read a file or the folder.
    FileUnreadable = "E0004",
    /// A CSV file that the format does not know.
    FileUnknown = "E0006",
    /// A file is larger than the limit.
    FileTooLarge = "E0007",
    /// A name of the format belongs to something that is not a regular file.
    NotAFile = "E0008",
    /// The report's path is not a folder.
    ReportNotAFolder = "E0601",
    /// The report would replace a folder that is not a report.
    ReportFolderForeign = "E0602",
    /// The report would replace a folder in which somebody has put a file of his own.
    ReportFolderHoldsMore = "E0603",
    /// The system does not permit to write the report there.
    ReportNotPermitted = "E0604",
    /// There is no room for the report.
    ReportDiskFull = "E0605",
    /// The system fails to write the report.
    ReportNotWritten = "E0606",
    /// A sum over the tender needs more digits than can be held exactly.
    ReportSumTooLong = "E0607",
    /// A folder holds no award to compare.
    AwardMissing = "E0611",
    /// The system refuses to read an award.
    AwardUnreadable = "E0612",
    /// An award is not one that this program wrote.
    AwardForeign = "E0613",
    /// An award was changed after it was written.
    AwardAltered = "E0614",
    /// Two awards have nothing in common.
    AwardsApart = "E0615",
    /// Two awards are in different currencies.
    AwardsInTwoCurrencies = "E0616",
    /// The folder to be verified holds no report.
    ReportMissing = "E0608",
    /// The system refuses to read a report.
    ReportUnreadable = "E0609",
    /// The workbook's format cannot hold the report.
    WorkbookNotMade = "E0620",
    /// A font file cannot be read or holds no font.
    FontNotUsable = "E0621",
    /// The program is built without pictures.
    PicturesNotBuilt = "E0622",
    /// The font lacks a character of a chart.
    GlyphMissing = "E0623",
    /// A chart cannot be drawn as a picture.
    PictureNotMade = "E0624",
    /// The program is built without the report on paper.
    PaperNotBuilt = "E0691",
    /// The report on paper cannot be made.
    PaperNotMade = "E0692",
    /// The program is built without a heavier solver.
    SolverNotBuilt = "E0693",
    /// Bytes that are no text in the file's encoding.
    BytesMalformed = "E0101",
    /// A workbook or another file that is not text.
    NotText = "E0102",
    /// A file without content.
    FileEmpty = "E0103",
    /// The first line holds no headings.
    HeadingsBlank = "E0104",
    /// Cells are separated by something else than commas.
    SeparatorWrong = "E0105",
    /// A heading that the table does not know.
    ColumnUnknown = "E0106",
    /// A column that the table cannot do without is not there.
    ColumnMissing = "E0107",
    /// Two headings name the same column.
    ColumnTwice = "E0108",
    /// A column without a heading.
    ColumnUnnamed = "E0109",
    /// A table that needs rows has only headings.
    RowsNone = "E0110",
    /// A row with fewer cells than there are headings.
    CellsTooFew = "E0111",
    /// A row with more cells than there are headings.
    CellsTooMany = "E0112",
    /// A blank row with rows below it.
    RowBlank = "E0113",
    /// A row of totals.
    RowTotal = "E0114",
    /// A quote that is never closed.
    QuoteUnclosed = "E0115",
    /// A quote where none can stand, or text after a closing quote.
    QuoteStray = "E0116",
    /// More rows than the limit.
    RowsTooMany = "E0117",
    /// A cell longer than the limit.
    CellTooLong = "E0118",
    /// `tender.toml` is no TOML.
    TomlMalformed = "E0201",
    /// A key or section of `tender.toml` that the format does not know.
    KeyUnknown = "E0202",
    /// A key or section that `tender.toml` must have.
    KeyMissing = "E0203",
    /// A value of `tender.toml` that is not text.
    KeyNotText = "E0204",
    /// A value of `tender.toml` that is blank.
    KeyBlank = "E0205",
    /// A section of `tender.toml` that is a single value.
    SectionNotTable = "E0206",
    /// The tender's id cannot name a folder.
    TenderIdMalformed = "E0207",
    /// The tender's kind is neither drug nor consumable.
    KindUnknown = "E0208",
    /// The currency is no code of three capital letters.
    CurrencyMalformed = "E0209",
    /// The rule set's path leaves the tender folder.
    RulesPathMalformed = "E0210",
    /// A scenario that is neither a standard one nor a file.
    ScenarioUnknown = "E0240",
    /// A scenario file is not TOML.
    ScenarioMalformed = "E0241",
    /// A key that scenarios do not have.
    ScenarioKeyUnknown = "E0242",
    /// A value of a scenario is not text, or a section is no table.
    ScenarioNotText = "E0243",
    /// A scenario has the name of another.
    ScenarioTwice = "E0244",
    /// The status quo of a tender that names no incumbent.
    IncumbentsUnknown = "E0245",
    /// A frontier of a tender that is decided by rank.
    FrontierOfRanks = "E0246",
    /// A number with a thousands mark.
    NumberThousandsMark = "E0301",
    /// A number with a percent sign.
    NumberPercent = "E0302",
    /// A number with an exponent.
    NumberExponent = "E0303",
    /// A number in full-width characters.
    NumberFullWidth = "E0304",
    /// A number with more decimals than its place allows.
    NumberTooManyDecimals = "E0305",
    /// A number with a sign.
    NumberSign = "E0306",
    /// Zero where only a positive number makes sense.
    NumberZero = "E0307",
    /// A number with more digits than can be computed with exactly.
    NumberTooLarge = "E0308",
    /// Something else than a number.
    NumberMalformed = "E0309",
    /// Not a whole number from 1.
    CountMalformed = "E0310",
    /// Not a day in the form of the files.
    DateMalformed = "E0311",
    /// A blank cell where a value must stand.
    ValueMissing = "E0312",
    /// A valid bid without a price.
    PriceMissing = "E0313",
    /// An id with blanks around it.
    IdBlanks = "E0314",
    /// An id with characters that do not show.
    IdHidden = "E0315",
    /// A word that is neither yes nor no.
    BooleanUnknown = "E0316",
    /// An unknown state of a bid.
    StateUnknown = "E0317",
    /// An unknown volume class.
    VolumeClassUnknown = "E0318",
    /// An unknown role of a pick.
    RoleUnknown = "E0319",
    /// An unknown act of a decision.
    ActUnknown = "E0320",
    /// Two lots with the same id.
    LotTwice = "E0321",
    /// Two suppliers with the same id.
    SupplierTwice = "E0322",
    /// Two bids with the same id.
    BidTwice = "E0323",
    /// Two rows for the same demand.
    DemandTwice = "E0324",
    /// Two picks of a region in the same role.
    RegionPickedTwice = "E0325",
    /// The same decision twice.
    DecisionTwice = "E0326",
    /// The same published winner twice.
    ExpectedTwice = "E0327",
    /// The same baseline of a lot and a supplier twice.
    BaselineTwice = "E0328",
    /// A further baseline with the name of a built-in one.
    BaselineReserved = "E0329",
    /// A row about a lot that does not exist.
    LotUnknown = "E0331",
    /// A row about a supplier that has no bid on the lot.
    SupplierWithoutBid = "E0332",
    /// A row about a region that has no demand in the lot.
    RegionWithoutDemand = "E0333",
    /// Suppliers that control one another in a circle.
    ControllerLoop = "E0334",
    /// A lot for which no demand is reported.
    LotWithoutDemand = "E0335",
    /// A bid's minimum quantity is above its capacity.
    MinimumAboveCapacity = "E0336",
    /// A row does not say which bid of a supplier it is about.
    BidNotNamed = "E0337",
    /// A price band's largest quantity is below its least.
    BandEmpty = "E0338",
    /// Two price bands of a bid overlap.
    BandsOverlap = "E0339",
    /// A region has neither a price nor the word that it is not offered, or both.
    RegionalPriceUnclear = "E0340",
    /// The same region of a bid twice.
    RegionalPriceTwice = "E0341",
    /// A bid has prices of two kinds that cannot hold together.
    OffersExclude = "E0342",
    /// A word that is no terms of a package.
    PackageTermsUnknown = "E0343",
    /// A bid stands in a package twice, or in two packages.
    PackageBidTwice = "E0344",
    /// The rows of a package state different terms.
    PackageTermsDiffer = "E0345",
    /// A package of a single bid.
    PackageOfOne = "E0346",
    /// A spreadsheet stands in the folder and is not read.
    FileIgnored = "W0001",
    /// The bytes look like another encoding than the one they were read by.
    EncodingDoubtful = "W0101",
    /// A lot that nobody bid on.
    LotWithoutBids = "W0301",
    /// A bidder that `suppliers.csv` does not list.
    SupplierNotListed = "W0302",
    /// Two ids that differ only in the way they are written.
    IdsAlike = "W0303",
    /// The digits that can be computed do not decide how a converted price rounds.
    ConversionUndecided = "E0391",
    /// A converted price or a limit needs more digits than can be held exactly.
    ConversionTooLarge = "E0392",
    /// A converted volume cannot be held exactly.
    VolumeNotExact = "E0393",
    /// Two related bids have the same price, so no rule says which one stands.
    RelatedBidsEqual = "E0510",
    /// Two bids of one controller on a lot where the rules allow one.
    RelatedBidsRefused = "E0511",
    /// A draw is recorded for a bid that is tied with none.
    DrawNotTied = "E0512",
    /// Two tied bids were drawn in the same place.
    DrawTwice = "E0513",
    /// A draw names a later place, but an earlier one is missing.
    DrawOrderGap = "E0514",
    /// An act that the rule set knows nothing of.
    ActWithoutMeaning = "E0515",
    /// The rule set states no agreed share for the lot's class.
    ShareNotStated = "E0516",
    /// A lot's numbers are too large for exact sums.
    ModelTooLarge = "E0517",
    /// A stated rank by spread lies beyond the lots that are ranked.
    SpreadRankBeyondLots = "E0518",
    /// A limit names a lot, a group, a supplier or a class that the tender does not have.
    LimitNameUnknown = "E0531",
    /// A limit cannot work under the rule set, or beside or without another.
    LimitNotHere = "E0532",
    /// Ranks between bids at the same price.
    LimitRankTied = "E0533",
    /// A bid is put in a bidding unit that the rule set does not have.
    BiddingUnitUnknown = "E0550",
    /// A lot does not state the price lines that its rule set classes winners by.
    ClassLineMissing = "E0551",
    /// It is not known whether a winner supplies today.
    IncumbencyMissing = "E0552",
    /// The winners drawn between awards of one cost are none of the options.
    DrawNotAnOption = "E0529",
    /// A quality score that the rule set needs is blank.
    QualityScoreMissing = "E0540",
    /// A quality score above the full score.
    QualityScoreAboveFull = "E0541",
    /// A preference that must be stated is blank.
    PreferenceMissing = "E0542",
    /// More points for preference than the rule set allows.
    PreferencePointsAboveMost = "E0543",
    /// No ceiling to count points from.
    CeilingMissingForScore = "E0544",
    /// A capacity that must be stated is blank.
    CapacityMissing = "E0545",
    /// All capacities together do not cover the volume.
    CapacityShort = "W0540",
    /// Whether a bidder takes the lowest price is not recorded.
    MatchUnanswered = "W0541",
    /// A bid fails its price tests while its ceiling is unknown.
    CeilingUnknown = "W0510",
    /// The rule set named came into force after the tender was announced, or was out of force.
    RulesNotInForce = "W0511",
    /// The tender is evaluated under another rule set than its own.
    RulesInsteadOfOwn = "W0512",
    /// Draws or negotiations of the tender's own rules do not fit the other rule set.
    ActsOfOwnRules = "W0513",
    /// The tender's parameters are left out under another rule set.
    OverridesLeftOut = "W0514",
    /// A bid must come with a cost statement.
    CostStatementRequired = "W0515",
    /// A lot waits for a bidder's answer on a revival price.
    RevivalUnanswered = "W0516",
    /// A bidder is barred on the day of the announcement, and no rule looks at it.
    SupplierSanctioned = "W0517",
    /// A column of the bids that the rule set does not look at.
    ColumnWithoutEffect = "W0518",
    /// An engine failed on a lot, or two engines disagree.
    EngineFailed = "E0901",
    /// An award did not stand the exact checks.
    AwardNotCertified = "E0902",
    /// The plain walk of the rules finds other winners than the model.
    WalkDiffers = "E0903",
    /// The same product twice in a table of purchases.
    PurchaseTwice = "E0701",
    /// A share or a score above its limit.
    NumberAboveLimit = "E0702",
    /// A payer profile is no TOML.
    ProfileNotToml = "E0703",
    /// No built-in payer profile has this name.
    ProfileUnknown = "E0704",
    /// A key that payer profiles do not have.
    ProfileKeyUnknown = "E0705",
    /// A key that must be there is not, or is blank.
    ProfileKeyMissing = "E0706",
    /// A value of a payer profile is not of the form that its key needs.
    ProfileValueUnfit = "E0707",
    /// A rate or a share of a payer profile is above one.
    ProfileRateAboveOne = "E0708",
    /// Shares of a payer profile do not add up to one.
    ProfileSharesNotWhole = "E0709",
    /// Two parts of a payer profile have the same id.
    ProfileTwice = "E0710",
    /// A part of a payer profile names another that does not exist.
    ProfileNameUnknown = "E0711",
    /// The bands of scores leave a hole, overlap or stand in a wrong order.
    ProfileBands = "E0712",
    /// An amount comes out too long to be held exactly.
    PayersTooLarge = "E0713",
    /// A hospital with two scores in one table.
    ScoresDiffer = "E0714",
    /// The same purchases twice in a table of what was bought.
    ActualTwice = "E0750",
    /// A month is not written as one.
    MonthMalformed = "E0751",
    /// Purchases of a lot on which nothing is agreed.
    ActualNotAgreed = "E0752",
    /// Purchases from a supplier that the tender does not know.
    ActualSupplierUnknown = "E0753",
    /// Purchases of a product that the supplier did not offer on the lot.
    ActualProductUnknown = "E0754",
    /// Purchases that may be of several bids of one supplier.
    ActualProductNeeded = "E0755",
    /// A month before the term or after its end.
    MonthOutsideTerm = "E0756",
    /// A month without a row between months with rows.
    MonthMissing = "E0757",
    /// Sums of purchases that cannot be held exactly.
    ExecutionTooLarge = "E0758",
    /// A winner's product was bought above its award price.
    PriceAboveAward = "W0750",
    /// Purchases by an institution that reported no demand.
    InstitutionWithoutDemand = "W0751",
    /// Assumptions of a projection are no TOML.
    AssumptionsNotToml = "E0730",
    /// A key that assumptions do not have.
    AssumptionsKeyUnknown = "E0731",
    /// A key of the assumptions that must be there is not, or is blank.
    AssumptionsKeyMissing = "E0732",
    /// A value of the assumptions is not in quotes.
    AssumptionsNotText = "E0733",
    /// A number of the assumptions is not written as one.
    AssumptionsNotANumber = "E0734",
    /// A number of the assumptions is larger than its kind can be.
    AssumptionsAboveLimit = "E0735",
    /// A number of the assumptions is smaller than its kind can be.
    AssumptionsBelowLimit = "E0736",
    /// Low, central and high, percentiles or values are out of order.
    AssumptionsOutOfOrder = "E0737",
    /// Weights do not add up to one.
    AssumptionsSharesNotWhole = "E0738",
    /// Uptake does not begin in year 1, or its years do not rise.
    AssumptionsYears = "E0739",
    /// A list is longer or shorter than it must be.
    AssumptionsCount = "E0740",
    /// No lot states a term in years, and no years are asked for.
    ProjectionWithoutYears = "E0741",
    /// An amount of a projection comes out too long.
    ProjectionTooLarge = "E0742",
    /// The award of a report is not the one that its inputs give.
    ProjectionOfOtherAward = "E0743",
    /// A word that is none of those allowed.
    AssumptionsWordUnknown = "E0744",
    /// A supplier was picked twice in one region.
    PickSupplierTwice = "E0522",
    /// A region was picked by a supplier who did not win.
    PickNotAWinner = "E0523",
    /// A region with demand has no main supplier among the picks.
    PickRegionUncovered = "E0524",
    /// The amounts of all lots together are too large for exact sums.
    TotalsTooLarge = "E0526",
    /// The picks of a lot belong to other winners than those of the award.
    PicksOfAnotherAward = "W0521",
    /// Winners have more or fewer regions than the draft gives them.
    PickCountsNotByDraft = "W0522",
    /// Picks are given under a rule set without a draft.
    PicksNotUsed = "W0523",
    /// Picks belong to the winners of the tender's own rules.
    PicksOfOwnRules = "W0524",
    /// The rule set is not TOML.
    RulesNotToml = "E0401",
    /// No rule set has this name.
    RulesUnknown = "E0402",
    /// A key that rule sets do not have.
    RulesKeyUnknown = "E0404",
    /// A key that must be there is not, or is blank.
    RulesKeyMissing = "E0405",
    /// A value is not in quotes.
    RulesNotText = "E0406",
    /// A value stands where a table belongs.
    RulesNotATable = "E0407",
    /// A day is not written as one.
    RulesNotADay = "E0408",
    /// A word that is none of those allowed.
    RulesNotAChoice = "E0409",
    /// A value does not fit its unit.
    RulesValueUnfit = "E0410",
    /// A share is larger than the whole.
    RulesShareAboveOne = "E0411",
    /// A last day lies before the first.
    RulesUntilBeforeFrom = "E0412",
    /// A history has no value on a day in force.
    RulesHistoryHole = "E0413",
    /// A history has two values on a day.
    RulesHistoryOverlap = "E0414",
    /// A row of a table does not begin with a count.
    RulesTableCount = "E0415",
    /// A count has no row.
    RulesTableHole = "E0416",
    /// A count has two rows.
    RulesTableOverlap = "E0417",
    /// A table ends.
    RulesTableNotOpen = "E0418",
    /// More places than bidders.
    RulesMorePlacesThanBidders = "E0419",
    /// Fewer places for more bidders.
    RulesPlacesDecrease = "E0420",
    /// A name stands for a parameter and a table.
    RulesNameTwice = "E0421",
    /// A parameter or table that no rule uses.
    RulesUnused = "E0422",
    /// No rule has this id.
    RulesRuleUnknown = "E0423",
    /// A rule that may stand once stands twice.
    RulesRuleTwice = "E0424",
    /// A rule has no such argument.
    RulesArgumentUnknown = "E0425",
    /// A rule lacks an argument.
    RulesArgumentMissing = "E0426",
    /// No parameter or table has this name.
    RulesNameUnknown = "E0427",
    /// A table stands where a single value belongs.
    RulesNotAParameter = "E0428",
    /// A parameter or table has another unit than the rule needs.
    RulesUnitWrong = "E0429",
    /// `any` stands at a rule that is no price test.
    RulesAnyWithoutTest = "E0430",
    /// A step that every rule set has is not there.
    RulesStepMissing = "E0431",
    /// A rule cannot work without another.
    RulesStepNeeded = "E0432",
    /// Two rules settle the same thing.
    RulesStepsExclude = "E0433",
    /// The tender overrides a parameter that the rule set does not have.
    RulesOverrideUnknown = "E0434",
    /// The other rule set does not have parameters that the tender overrides.
    OverridesOfOwnRules = "E0435",
    /// Two rules of a set say opposite things of the same bid.
    RulesContradict = "E0436",
    /// A test must be kept although a group lets a bid win without it.
    RulesGroupIdle = "E0437",
    /// The rule set is not the one whose digest was named.
    RulesNotExpected = "E0438",
    /// A limit's least number is above its largest.
    LimitMinAboveMax = "E0439",
    /// A limit states nothing.
    LimitSaysNothing = "E0440",
    /// A rule lets a bid win that another bars.
    RulesSaveAndBar = "E0460",
    /// Bands of shares cannot come to the whole.
    RulesBandsMissTheWhole = "E0450",
}

#[cfg(test)]
#[path = "codes_tests.rs"]
mod tests;
