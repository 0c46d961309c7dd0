update left_out set d = '2025-02-02' where id = 1;
insert into left_out (id, d) values (2, '2026-03-03');
