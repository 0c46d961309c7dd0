insert into u values (2, 'w');
