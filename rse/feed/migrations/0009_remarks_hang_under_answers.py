import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feed", "0008_texts_have_a_version_of_their_own")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="answer",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="feed.comment"
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="is_remark",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="post",
            name="remark_count",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(answer=None) | models.Q(is_remark=True), name="comment_about_an_answer_is_a_remark"
            ),
        ),
    ]
