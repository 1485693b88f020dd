import django.core.validators
import django.db.models.deletion
import ocop.kit.migrating
import ocop.rulebook.enums
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('law', '0001_initial'),
        ('rulebook', '0001_initial'),
        ('units', '0002_handover'),
    ]

    operations = [
        ocop.kit.migrating.CreateTogether(
            operations=[
                migrations.CreateModel(
                    name='HistoricalSupportPolicy',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='có hiệu lực từ')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                        ('slug', models.SlugField(max_length=60, verbose_name='mã')),
                        ('title', models.CharField(max_length=400, verbose_name='tên chính sách')),
                        ('province', models.CharField(blank=True, default='', max_length=10, verbose_name='mã tỉnh')),
                        ('decided_by', models.CharField(choices=ocop.rulebook.enums.support_deciders, default='local', max_length=10, verbose_name='cấp quyết định hỗ trợ')),
                        ('confirmed', models.BooleanField(default=False, verbose_name='đã đối chiếu văn bản')),
                        ('source', models.TextField(blank=True, verbose_name='nguồn')),
                        ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.CharField(max_length=100, null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('instrument', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='law.instrument', verbose_name='văn bản')),
                        ('unit', models.ForeignKey(blank=True, db_constraint=False, help_text='Để trống khi áp dụng cho cả tỉnh.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unit', verbose_name='địa bàn riêng')),
                    ],
                    options={
                        'verbose_name': 'historical chính sách hỗ trợ',
                        'verbose_name_plural': 'historical chính sách hỗ trợs',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='SupportPolicy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='có hiệu lực từ')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                        ('search_text', models.TextField(blank=True, default='', editable=False)),
                        ('search_exact', models.TextField(blank=True, default='', editable=False)),
                        ('slug', models.SlugField(max_length=60, unique=True, verbose_name='mã')),
                        ('title', models.CharField(max_length=400, verbose_name='tên chính sách')),
                        ('province', models.CharField(blank=True, default='', max_length=10, verbose_name='mã tỉnh')),
                        ('decided_by', models.CharField(choices=ocop.rulebook.enums.support_deciders, default='local', max_length=10, verbose_name='cấp quyết định hỗ trợ')),
                        ('confirmed', models.BooleanField(default=False, verbose_name='đã đối chiếu văn bản')),
                        ('source', models.TextField(blank=True, verbose_name='nguồn')),
                        ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                        ('instrument', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='support_policies', to='law.instrument', verbose_name='văn bản')),
                        ('unit', models.ForeignKey(blank=True, help_text='Để trống khi áp dụng cho cả tỉnh.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='support_policies', to='units.unit', verbose_name='địa bàn riêng')),
                    ],
                    options={
                        'verbose_name': 'chính sách hỗ trợ',
                        'ordering': ['-valid_from', 'slug'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='rulebook_support_policy_dates', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.')],
                    },
                ),
                migrations.CreateModel(
                    name='SupportItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='có hiệu lực từ')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                        ('search_text', models.TextField(blank=True, default='', editable=False)),
                        ('search_exact', models.TextField(blank=True, default='', editable=False)),
                        ('code', models.SlugField(max_length=60, verbose_name='mã')),
                        ('order', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                        ('name', models.CharField(max_length=300, verbose_name='tên nội dung hỗ trợ')),
                        ('content', models.CharField(choices=ocop.rulebook.enums.support_contents, default='other', max_length=20, verbose_name='hỗ trợ cho việc gì')),
                        ('measure', models.CharField(blank=True, max_length=60, verbose_name='đơn vị tính')),
                        ('amount', models.BigIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='mức hỗ trợ (đồng)')),
                        ('percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='tỷ lệ hỗ trợ (%)')),
                        ('ceiling', models.BigIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='mức tối đa (đồng)')),
                        ('conditions', models.TextField(blank=True, verbose_name='điều kiện')),
                        ('once_per', models.CharField(blank=True, choices=ocop.rulebook.enums.support_onces, default='', max_length=10, verbose_name='chỉ hỗ trợ một lần cho')),
                        ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='rulebook.supportpolicy', verbose_name='chính sách')),
                    ],
                    options={
                        'verbose_name': 'nội dung hỗ trợ',
                        'ordering': ['policy', 'order', 'code'],
                        'constraints': [models.UniqueConstraint(fields=('policy', 'code', 'valid_from'), name='rulebook_support_item_start'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='rulebook_support_item_dates', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.')],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalSupportItem',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='có hiệu lực từ')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                        ('code', models.SlugField(max_length=60, verbose_name='mã')),
                        ('order', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                        ('name', models.CharField(max_length=300, verbose_name='tên nội dung hỗ trợ')),
                        ('content', models.CharField(choices=ocop.rulebook.enums.support_contents, default='other', max_length=20, verbose_name='hỗ trợ cho việc gì')),
                        ('measure', models.CharField(blank=True, max_length=60, verbose_name='đơn vị tính')),
                        ('amount', models.BigIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='mức hỗ trợ (đồng)')),
                        ('percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='tỷ lệ hỗ trợ (%)')),
                        ('ceiling', models.BigIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='mức tối đa (đồng)')),
                        ('conditions', models.TextField(blank=True, verbose_name='điều kiện')),
                        ('once_per', models.CharField(blank=True, choices=ocop.rulebook.enums.support_onces, default='', max_length=10, verbose_name='chỉ hỗ trợ một lần cho')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.CharField(max_length=100, null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('policy', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='rulebook.supportpolicy', verbose_name='chính sách')),
                    ],
                    options={
                        'verbose_name': 'historical nội dung hỗ trợ',
                        'verbose_name_plural': 'historical nội dung hỗ trợs',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ],
        ),
    ]
