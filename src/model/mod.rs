//! The award model: an integer programme as data.
