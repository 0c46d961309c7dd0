update left_out set n = 2; insert into without values (2, 2);
