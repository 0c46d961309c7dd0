begin; set constraints all deferred; update u set a = 21 - a where id in (3, 18); commit; update p set a = 1000 where id = 5; update p set a = 5 where id = 6; update p set a = 6 where id = 5;
