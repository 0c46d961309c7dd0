alter type mood add value 'blue';
