from django.urls import include, path

from .views import acts, feeds, pictures, suggestions, threads, writing

POST, COMMENT = {"kind": "post"}, {"kind": "comment"}

feed_urls = (
    [
        path("feed/", feeds.feed_list, name="list"),
        path("feed/new/", feeds.feed_new, name="new"),
        path("feed/readers/", feeds.readers, name="readers"),
        path("feed/seen/", feeds.seen, name="seen"),
        path("feed/names/", suggestions.names, name="names"),
        path("feed/emoji/", suggestions.emoji, name="emoji"),
        path("posts/new/", feeds.compose, name="compose"),
        path("posts/publish/", writing.publish, name="publish"),
        path("posts/<random:public_id>/", threads.post_detail, name="post"),
        path("posts/<random:public_id>/answer/", writing.comment, name="answer"),
        path("posts/<random:public_id>/edit/", writing.edit, POST, name="post_edit"),
        path("posts/<random:public_id>/delete/", writing.delete, POST, name="post_delete"),
        path("posts/<random:public_id>/hide/", acts.hide, POST, name="post_hide"),
        path("posts/<random:public_id>/useful/", acts.useful, POST, name="post_useful"),
        path("posts/<random:public_id>/history/", writing.history, POST, name="post_history"),
        path("comments/<random:public_id>/edit/", writing.edit, COMMENT, name="comment_edit"),
        path("comments/<random:public_id>/delete/", writing.delete, COMMENT, name="comment_delete"),
        path("comments/<random:public_id>/hide/", acts.hide, COMMENT, name="comment_hide"),
        path("comments/<random:public_id>/useful/", acts.useful, COMMENT, name="comment_useful"),
        path("comments/<random:public_id>/history/", writing.history, COMMENT, name="comment_history"),
        path("comments/<random:public_id>/accept/", acts.accept, name="comment_accept"),
        path("pictures/<random:public_id>/", pictures.picture, name="picture"),
        path("pictures/<random:public_id>/small/", pictures.picture, {"is_small": True}, name="picture_small"),
        path("pictures/<random:public_id>/remove/", pictures.picture_remove, name="picture_remove"),
    ],
    "feed",
)

urlpatterns = [path("", include(feed_urls))]
