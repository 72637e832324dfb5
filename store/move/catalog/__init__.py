"""What is sold: settings, types, pages, products, prices, pictures, menus, stock, section by section."""
