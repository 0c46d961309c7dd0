begin;
update "T" set "A;b" = 'parked' where id = 1;
update "T" set "A;b" = 'a1', "User" = 'u1' where id = 2;
update "T" set "A;b" = 'a2', "User" = 'U2' where id = 1;
commit;
delete from "T" where id = 3;
update "T" set "A;b" = 'a3', "User" = 'U3' where id = 4;
