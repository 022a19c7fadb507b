//! Agreed volumes, regions and backups.
