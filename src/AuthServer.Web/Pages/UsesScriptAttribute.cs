namespace AuthServer.Web.Pages;

/// <summary>Page without a form that <see cref="PageAssets.ScriptUrl"/> does something for.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class UsesScriptAttribute : Attribute;
