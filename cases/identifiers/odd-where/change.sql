update t set doc = '{"a": 2}' where id = 1; update t set "wh?ere" = 'leaves' where id = 4; update t set "wh?ere" = '1%' where id = 2;
