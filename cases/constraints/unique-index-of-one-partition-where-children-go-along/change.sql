begin;
update item set code = 'x' || id where id < 3;
update item set code = 'c' || 3 - id, updated_at = now() where id < 3;
commit;
