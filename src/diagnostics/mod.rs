//! Codes, places in files, and their renderers.
