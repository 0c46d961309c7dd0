update strict set n = 5, updated_at = now() where id = 1;
insert into strict values (3, 3, now());
