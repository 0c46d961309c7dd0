update "my.app"."order.lines" set "a.b" = 'three', secret = 'other' where id = 2;
