create table x (k xid8 primary key, v text);
