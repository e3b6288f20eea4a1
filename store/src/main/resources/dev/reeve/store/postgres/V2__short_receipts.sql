-- Logs that begin now hold the receipts of a commit in short. One that has begun keeps its format.
UPDATE log SET format = 2 WHERE position = 0;

-- Ids and hashes hardly compress, and trying took longer than all else of a commit. Rows of the journal
-- stay in one piece as long as they fit into a page.
ALTER TABLE journal ALTER COLUMN bytes SET STORAGE EXTERNAL;
ALTER TABLE journal SET (toast_tuple_target = 8160);
ALTER TABLE tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
