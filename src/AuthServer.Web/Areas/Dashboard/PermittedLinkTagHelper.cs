using AuthServer.Web.Areas.Dashboard.SignIn;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>
/// A link to a page that requires a scope of the Management API. An administrator who lacks it sees the text without
/// the link.
/// </summary>
[HtmlTargetElement("a", Attributes = "needs")]
public sealed class PermittedLinkTagHelper : TagHelper
{
    /// <summary>The scope, such as <c>read:clients</c>.</summary>
    public string Needs { get; set; } = "";

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var administrator = ViewContext.HttpContext.Features.GetRequiredFeature<Administrator>();
        if (!administrator.Principal.Has(Needs))
            output.TagName = null;
    }
}
