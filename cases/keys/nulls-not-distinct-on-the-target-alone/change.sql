begin; update kept set u = null where id = 2; update kept set u = 5 where id = 1; update kept set u = 1 where id = 1; commit;
