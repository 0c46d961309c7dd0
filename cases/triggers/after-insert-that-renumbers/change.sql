insert into item values (9, 4, now());
begin;
update compared set pos = pos + 1 where pos >= 4;
insert into compared values (9, 4);
commit;
