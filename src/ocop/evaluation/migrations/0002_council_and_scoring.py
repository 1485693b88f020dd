import django.db.models.deletion
import ocop.evaluation.models.council
import ocop.evaluation.models.outcome
import ocop.evaluation.models.session
import ocop.kit.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('evaluation', '0001_initial'),
        ('files', '0001_initial'),
        ('producers', '0001_initial'),
        ('products', '0001_initial'),
        ('recognition', '0002_append_only'),
        ('rulebook', '0001_initial'),
        ('units', '0001_initial'),
    ]

    operations = [
        ocop.kit.migrating.CreateTogether(
            operations=[
                migrations.CreateModel(
                    name='SampleNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('received_on', models.DateField(verbose_name='ngày nhận')),
                        ('units', models.PositiveSmallIntegerField(verbose_name='số đơn vị mẫu')),
                        ('condition', models.CharField(blank=True, max_length=300, verbose_name='tình trạng mẫu')),
                        ('returned_on', models.DateField(blank=True, null=True, verbose_name='ngày trả')),
                        ('returned_units', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='số đơn vị trả')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_samples', to=settings.AUTH_USER_MODEL)),
                        ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='evaluation.dossier')),
                    ],
                    options={
                        'verbose_name': 'phiếu nhận mẫu',
                        'ordering': ['received_on', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Seat',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='có hiệu lực từ')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                        ('role', models.CharField(choices=ocop.evaluation.models.council.seat_roles, max_length=12, verbose_name='vai trò')),
                        ('focus', models.JSONField(blank=True, default=list, verbose_name='tiêu chí theo dõi')),
                        ('may_chair', models.BooleanField(default=False, verbose_name='được ủy quyền chủ trì')),
                        ('may_chair_basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ ủy quyền')),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_seats', to='units.agency')),
                        ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='evaluation.council')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_seats', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'thành viên hội đồng',
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='evaluation_seat_span', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.'), models.UniqueConstraint(fields=('council', 'user', 'valid_from'), name='evaluation_seat_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ScoreSheet',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=ocop.evaluation.models.session.sheet_states, default='draft', max_length=12, verbose_name='trạng thái')),
                        ('answers', models.JSONField(blank=True, default=dict, verbose_name='mức chọn')),
                        ('notes', models.JSONField(blank=True, default=dict, verbose_name='ghi chú theo tiêu chí')),
                        ('disqualifiers', models.JSONField(blank=True, default=list, verbose_name='lý do loại')),
                        ('opinion', models.TextField(blank=True, verbose_name='ý kiến khác')),
                        ('total', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='tổng điểm')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('saved_at', models.DateTimeField(blank=True, null=True, verbose_name='lưu lúc')),
                        ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='nộp lúc')),
                        ('digest', models.CharField(blank=True, max_length=64)),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='evaluation.markinground')),
                        ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='evaluation.seat')),
                    ],
                    options={
                        'verbose_name': 'phiếu chấm',
                        'constraints': [models.UniqueConstraint(fields=('round', 'seat'), name='evaluation_sheet_once'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('submitted_at__isnull', False), ('total__isnull', False)), _connector='OR'), name='evaluation_submitted_sheet_has_total')],
                    },
                ),
                migrations.CreateModel(
                    name='Attendance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('present', models.BooleanField(default=False, verbose_name='có mặt')),
                        ('presides', models.BooleanField(default=False, verbose_name='chủ trì')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='evaluation.councilsession')),
                        ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='evaluation.seat')),
                    ],
                    options={
                        'verbose_name': 'điểm danh',
                        'constraints': [models.UniqueConstraint(fields=('session', 'seat'), name='evaluation_attendance_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SessionItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                        ('state', models.CharField(choices=ocop.evaluation.models.session.item_states, default='waiting', max_length=12, verbose_name='trạng thái')),
                        ('discussion', models.TextField(blank=True, verbose_name='ý kiến thảo luận')),
                        ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='rút khỏi phiên họp lúc')),
                        ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='session_items', to='evaluation.dossier')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='evaluation.councilsession')),
                    ],
                    options={
                        'verbose_name': 'hồ sơ trong phiên họp',
                        'ordering': ['position', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), ('removed_at__isnull', True)), fields=('dossier',), name='evaluation_item_open_once', violation_error_message='Hồ sơ này đang nằm trong một phiên họp khác.')],
                    },
                ),
                migrations.CreateModel(
                    name='Result',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('outcome', models.CharField(choices=ocop.evaluation.models.outcome.outcomes, max_length=20, verbose_name='kết luận')),
                        ('points', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='điểm trung bình')),
                        ('band', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='khung điểm')),
                        ('stars', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hạng sao')),
                        ('counted', models.PositiveSmallIntegerField(verbose_name='số phiếu tính')),
                        ('spread', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='chênh lệch cao nhất – thấp nhất')),
                        ('missed', models.JSONField(blank=True, default=list, verbose_name='mức tối thiểu không đạt')),
                        ('settings', models.JSONField(default=dict, verbose_name='quy chế áp dụng')),
                        ('closed_at', models.DateTimeField(verbose_name='chốt lúc')),
                        ('superseded_at', models.DateTimeField(blank=True, null=True, verbose_name='được đánh giá lại lúc')),
                        ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_results', to=settings.AUTH_USER_MODEL)),
                        ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='evaluation.dossier')),
                        ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='result', to='evaluation.sessionitem')),
                    ],
                    options={
                        'verbose_name': 'kết quả đánh giá',
                        'ordering': ['closed_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('dossier',), name='evaluation_result_current_once')],
                    },
                ),
                migrations.CreateModel(
                    name='DisqualifierFinding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.CharField(max_length=500, verbose_name='trường hợp bị loại')),
                        ('reason', models.TextField(verbose_name='lý do, căn cứ')),
                        ('raised_at', models.DateTimeField(verbose_name='nêu lúc')),
                        ('confirmed', models.BooleanField(blank=True, null=True, verbose_name='Hội đồng xác nhận')),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='xác nhận lúc')),
                        ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_confirmed_findings', to=settings.AUTH_USER_MODEL)),
                        ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disqualifier_findings', to='evaluation.seat')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disqualifier_findings', to='evaluation.sessionitem')),
                    ],
                    options={
                        'verbose_name': 'lý do loại hồ sơ',
                        'ordering': ['raised_at'],
                    },
                ),
                migrations.CreateModel(
                    name='ConflictDeclaration',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('has_conflict', models.BooleanField(verbose_name='có xung đột lợi ích')),
                        ('statement', models.CharField(blank=True, max_length=300, verbose_name='nội dung')),
                        ('at', models.DateTimeField(verbose_name='khai lúc')),
                        ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='evaluation.seat')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='evaluation.sessionitem')),
                    ],
                    options={
                        'verbose_name': 'khai báo xung đột lợi ích',
                        'constraints': [models.UniqueConstraint(fields=('item', 'seat'), name='evaluation_declaration_once')],
                    },
                ),
                migrations.CreateModel(
                    name='AgreedSheet',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('answers', models.JSONField(default=dict, verbose_name='mức thống nhất')),
                        ('at', models.DateTimeField(verbose_name='ghi lúc')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_agreed_sheets', to=settings.AUTH_USER_MODEL)),
                        ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agreed_sheet', to='evaluation.sessionitem')),
                    ],
                    options={
                        'verbose_name': 'phiếu thống nhất',
                    },
                ),
                migrations.CreateModel(
                    name='Submission',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField(verbose_name='lần nộp')),
                        ('at', models.DateTimeField(verbose_name='nộp lúc')),
                        ('content', models.JSONField(verbose_name='nội dung')),
                        ('digest', models.CharField(max_length=64, verbose_name='mã băm')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_submissions', to=settings.AUTH_USER_MODEL)),
                        ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='evaluation.dossier')),
                    ],
                    options={
                        'verbose_name': 'lần nộp hồ sơ',
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('dossier', 'number'), name='evaluation_submission_once')],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='markinground',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='evaluation.sessionitem'),
        ),
        migrations.AddConstraint(
            model_name='council',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='evaluation_council_span', violation_error_message='Ngày kết thúc phải từ ngày bắt đầu trở đi.'),
        ),
        migrations.AddConstraint(
            model_name='decisionline',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped_at__isnull', True)), fields=('dossier',), name='evaluation_line_once', violation_error_message='Hồ sơ này đã nằm trong một dự thảo quyết định.'),
        ),
        migrations.AddIndex(
            model_name='dossiermove',
            index=models.Index(fields=['subject', 'at'], name='evaluation__subject_ae4337_idx'),
        ),
        migrations.AddIndex(
            model_name='dossiermove',
            index=models.Index(fields=['name', 'at'], name='evaluation__name_d1ee0e_idx'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('paper__isnull', False), ('file__isnull', False), _connector='OR'), name='evaluation_evidence_has_something'),
        ),
        migrations.AddConstraint(
            model_name='expertassignment',
            constraint=models.UniqueConstraint(fields=('dossier', 'expert'), name='evaluation_assignment_once'),
        ),
        migrations.AddConstraint(
            model_name='intakecheck',
            constraint=models.UniqueConstraint(fields=('dossier', 'at_province', 'item'), name='evaluation_check_once'),
        ),
        migrations.AddConstraint(
            model_name='rankinground',
            constraint=models.UniqueConstraint(fields=('province', 'level', 'year', 'number'), name='evaluation_round_once'),
        ),
        migrations.AddConstraint(
            model_name='rankinground',
            constraint=models.CheckConstraint(condition=models.Q(('rank_by__gte', models.F('propose_by'))), name='evaluation_round_in_order'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(fields=['state', 'unit'], name='evaluation__state_63c66d_idx'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(fields=['province', 'state'], name='evaluation__provinc_57c7bc_idx'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(fields=['producer', 'state'], name='evaluation__produce_6a1c2e_idx'),
        ),
        migrations.AddConstraint(
            model_name='markinground',
            constraint=models.UniqueConstraint(fields=('item', 'number'), name='evaluation_marking_round_once'),
        ),
    ]
