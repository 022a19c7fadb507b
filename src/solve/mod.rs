//! Engines that propose an award.
