import django.db.models.deletion
import django.db.models.functions.datetime
import ocop.kit.migrating
import ocop.recognition.models.certificate
import ocop.recognition.models.decision
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('files', '0001_initial'),
        ('products', '0001_initial'),
        ('units', '0001_initial'),
    ]

    operations = [
        ocop.kit.migrating.CreateTogether(
            operations=[
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('search_text', models.TextField(blank=True, default='', editable=False)),
                        ('search_exact', models.TextField(blank=True, default='', editable=False)),
                        ('kind', models.CharField(choices=ocop.recognition.models.decision.decision_kinds, max_length=20, verbose_name='loại')),
                        ('number', models.CharField(max_length=60, verbose_name='số quyết định')),
                        ('issued_on', models.DateField(verbose_name='ngày ban hành')),
                        ('title', models.CharField(max_length=300, verbose_name='trích yếu')),
                        ('signer', models.CharField(blank=True, max_length=120, verbose_name='người ký')),
                        ('source', models.CharField(blank=True, max_length=300, verbose_name='nguồn')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='dữ liệu trình diễn')),
                        ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                        ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recognition_decisions', to='files.storedfile')),
                        ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recognition_decisions', to='units.agency', verbose_name='cơ quan ban hành')),
                        ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recognition_decisions', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'quyết định',
                        'ordering': ['-issued_on', 'number'],
                        'constraints': [models.UniqueConstraint(models.F('issuer'), models.F('number'), django.db.models.functions.datetime.ExtractYear('issued_on'), name='recognition_decision_number_once', violation_error_message='Số quyết định này đã dùng trong năm.')],
                    },
                ),
                migrations.CreateModel(
                    name='Certificate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('search_text', models.TextField(blank=True, default='', editable=False)),
                        ('search_exact', models.TextField(blank=True, default='', editable=False)),
                        ('code', models.CharField(default=ocop.recognition.models.certificate.new_code, editable=False, max_length=12, unique=True, verbose_name='mã tra cứu')),
                        ('stars', models.PositiveSmallIntegerField(verbose_name='số sao')),
                        ('number', models.CharField(blank=True, max_length=60, verbose_name='số giấy chứng nhận')),
                        ('issued_on', models.DateField(blank=True, null=True, verbose_name='ngày cấp')),
                        ('issued_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='năm công nhận')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='ngày hiệu lực cuối cùng')),
                        ('extended_to', models.DateField(blank=True, null=True, verbose_name='được kéo dài đến')),
                        ('revoked_on', models.DateField(blank=True, null=True, verbose_name='thu hồi từ ngày')),
                        ('replaced_on', models.DateField(blank=True, null=True, verbose_name='được thay thế từ ngày')),
                        ('product_name', models.CharField(max_length=300, verbose_name='tên sản phẩm')),
                        ('producer_name', models.CharField(max_length=300, verbose_name='tên chủ thể')),
                        ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='công bố lúc')),
                        ('source', models.CharField(blank=True, max_length=300, verbose_name='nguồn')),
                        ('data_key', models.CharField(blank=True, db_index=True, max_length=200)),
                        ('is_demo', models.BooleanField(default=False, verbose_name='dữ liệu trình diễn')),
                        ('issuer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recognition_certificates', to='units.agency')),
                        ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recognition_certificates', to='products.product')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recognition_certificates', to='units.unit')),
                        ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='recognition.decision')),
                    ],
                    options={
                        'verbose_name': 'giấy chứng nhận',
                        'ordering': ['-issued_on', '-issued_year', 'product_name'],
                        'indexes': [models.Index(fields=['valid_to'], name='recognition_valid_t_f07c7f_idx'), models.Index(fields=['published_at', 'stars'], name='recognition_publish_23d9e9_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('stars__gte', 3), ('stars__lte', 5)), name='recognition_stars_3_to_5'), models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('issuer', 'issued_year', 'number'), name='recognition_certificate_number_once', violation_error_message='Số giấy chứng nhận này đã dùng trong năm.'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('issued_on__isnull', True), ('valid_to__gte', models.F('issued_on')), _connector='OR'), name='recognition_term_in_order')],
                    },
                ),
                migrations.CreateModel(
                    name='CertificateChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=ocop.recognition.models.certificate.change_kinds, max_length=20, verbose_name='việc')),
                        ('on', models.DateField(blank=True, null=True, verbose_name='có hiệu lực từ')),
                        ('ground', models.CharField(blank=True, choices=ocop.recognition.models.certificate.revocation_grounds, max_length=4, verbose_name='căn cứ thu hồi')),
                        ('text', models.TextField(blank=True, verbose_name='nội dung')),
                        ('at', models.DateTimeField(verbose_name='ghi lúc')),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recognition_changes', to=settings.AUTH_USER_MODEL)),
                        ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='recognition.certificate')),
                        ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='recognition.decision')),
                    ],
                    options={
                        'verbose_name': 'thay đổi của giấy chứng nhận',
                        'ordering': ['at', 'pk'],
                    },
                ),
            ],
        ),
    ]
