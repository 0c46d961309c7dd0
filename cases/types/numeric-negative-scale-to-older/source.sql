create table any_size (id int primary key, v numeric(3,-3));
create table fitting (id int primary key, v numeric(3,-3), s numeric(3,5));
create table narrower (id int primary key, v numeric(3,-3));
insert into any_size values (1, 123456), (2, -999000), (3, null);
insert into fitting values (1, 123456, 0.00123), (2, -999000, -0.00999);
insert into narrower values (1, 1000);
