namespace AuthServer.Web.Areas.Dashboard;

/// <summary>What is asked before a resource is deleted.</summary>
/// <param name="Resource">The resource in keys of texts.</param>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its page.</param>
/// <param name="ListPath">The page of the list that it is in.</param>
/// <param name="ListKey">The key of the list's name.</param>
internal sealed record DeleteQuestion(string Resource, string Name, string Path, string ListPath, string ListKey)
{
    /// <summary>The page that the user returns to without an answer.</summary>
    public string CancelPath { get; init; } = Path;
}

/// <summary>A page that asks before a resource is deleted; its layout is <c>_Delete</c>.</summary>
internal interface IDeletePage
{
    DeleteQuestion Question { get; }
}
