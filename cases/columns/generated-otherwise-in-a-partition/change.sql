update both_sides set a = 0 where id = 3;
update plain set a = 0 where id = 4;
