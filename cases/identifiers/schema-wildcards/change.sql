delete from tenant_2.t; insert into tenant_2.t select generate_series(5, 9);
