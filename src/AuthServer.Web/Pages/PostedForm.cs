namespace AuthServer.Web.Pages;

/// <summary>The form that a page gets back.</summary>
internal static class PostedForm
{
    /// <summary>The one value that was posted under a name; empty when there is none, or more than one.</summary>
    public static string Posted(this HttpRequest request, string name) => request.Form[name] is [{ } one] ? one : "";
}
