update t set at = '2024-06-01' where id = 1;
