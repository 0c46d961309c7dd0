begin;
update p set value = row(9, 9) where id = 1; -- unseen: its stamp stays
update p set value = row(1, null), updated_at = now() where id = 2;
commit;
