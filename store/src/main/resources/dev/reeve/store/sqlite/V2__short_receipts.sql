-- Logs that begin now hold the receipts of a commit in short. One that has begun keeps its format.
UPDATE log SET format = 2 WHERE position = 0;
