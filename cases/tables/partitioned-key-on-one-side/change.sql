update t set region = case region when 'a' then 'b' else 'a' end where id in (1, 2); update t set v = 'w' where id = 3;
