update t set v = 'new' where v = 'v7'; update t set tenant = 7, kind = 'moved' where v = 'v8'; insert into t values (9, md5('x')::uuid, 'k', 'v');
