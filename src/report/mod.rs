//! What is written, one file per format.
