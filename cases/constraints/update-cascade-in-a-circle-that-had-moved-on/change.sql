begin;
update boss set code = 'n3', updated_at = now() where id = 3;
insert into boss values (6, 'b3', null, now());
update team set boss = 'b3' where id = 3;
commit;
