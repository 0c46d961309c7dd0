update left_out set n = 3;
insert into left_out values (2, 2, '4');
