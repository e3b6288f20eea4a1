-- Stands for the next migration: something the version before can ignore.
ALTER TABLE journal ADD COLUMN note TEXT;
