-- Logs that begin now hold the receipts of a commit packed. One that has begun keeps its format.
UPDATE log SET format = 3 WHERE position = 0;
