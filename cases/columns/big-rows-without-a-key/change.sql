update t set a = 'short' where a like 'A%';
