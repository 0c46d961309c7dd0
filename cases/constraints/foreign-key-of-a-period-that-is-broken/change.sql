update child set during = '[2024-01-10,2024-02-11)' where id = 1;
delete from child where id = 3;
