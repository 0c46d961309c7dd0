update t set c1599 = null where id = 3; delete from t where id = 4; update s set c1597 = 'new', updated_at = now() where id = 5; update n set c4 = 3 where c4 = 4; update d set c5 = 'x' where id = 6;
