update "select"."table" set "select" = 'from' where "primary" = 2;
delete from "select"."only" where "null" = 'null';
insert into "select"."only" values ('all', 'all');
update "select"."user" set "excluded" = null;
