insert into shorter values (5, '1 day');
