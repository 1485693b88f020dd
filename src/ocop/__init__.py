"""OCOP Hà Tĩnh: the One Commune One Product programme of a province, from village to shopper."""
