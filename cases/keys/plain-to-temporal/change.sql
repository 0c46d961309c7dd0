insert into kept values (1, '[2024-03-01,2024-04-01)', 'c');
update kept set v = 'z' where v = 'a';
