update t set v = 'w', updated_at = now() where id = 2; insert into t values (21, 'n', now()); update d set id = id + 1; update u set v = null where a = 3; delete from u where a = 4;
