create unique index u_name on u (name);
