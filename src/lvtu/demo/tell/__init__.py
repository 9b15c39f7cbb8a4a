"""From numbers to pages: what each workspace's figures say, in Chinese and in English."""
