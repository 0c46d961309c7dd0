update x set v = 'new' where k = '18446744073709551615'; update x set k = '9' where v = 'e';
