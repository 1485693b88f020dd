from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ocop.accounts"
    verbose_name = "Tài khoản"

    def ready(self) -> None:
        """Tell the log about sign-ins, stand in the menu, forget codes daily, bring the personas of the demo."""
        from ocop.accounts import access, actions, demo, receivers, verbs  # noqa: F401 - the receivers listen by being imported
        from ocop.accounts.actions import reorganising
        from ocop.accounts.queries import manages_people
        from ocop.kit import registry

        registry.handover_parts.add(reorganising.PART)
        registry.name_verbs(verbs.VERBS)
        registry.menu.add(
            registry.MenuEntry(
                "accounts.people",
                "Quản trị",
                "Người dùng và vai trò",
                "accounts:people",
                "users",
                manages_people,
                100,
            )
        )
        registry.menu.add(
            registry.MenuEntry(
                "accounts.profile",
                "Quản trị",
                "Tài khoản của tôi",
                "accounts:profile",
                "user-circle",
                lambda user: user.is_authenticated,
                110,
            )
        )
        registry.cron_jobs.add(
            registry.CronJob(
                "accounts.codes", "20 3 * * *", actions.forget_codes, "Xóa mã xác nhận điện thoại cũ"
            )
        )
        registry.demo_steps.add(registry.DemoStep("accounts", demo.load_personas, order=20))
        registry.access_sources.add(registry.AccessSource("accounts", access.roles_towards))
