update boss set team = null, updated_at = now() where id = 9;
delete from team where id = 9;
delete from boss where id = 9;
update boss set code = 'b9', updated_at = now() where id = 1;
begin; update boss set code = null where id = 2; update boss set code = 'b2', updated_at = now() where id = 3; update boss set code = 'b3' where id = 2; commit;
