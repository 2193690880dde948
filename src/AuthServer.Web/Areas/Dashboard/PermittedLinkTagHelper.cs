using AuthServer.Web.Areas.Dashboard.SignIn;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>
/// A link to a page that requires scopes of the Management API. An administrator who lacks one sees the text without
/// the link.
/// </summary>
[HtmlTargetElement("a", Attributes = "needs")]
public sealed class PermittedLinkTagHelper : TagHelper
{
    /// <summary>The page, such as <c>typeof(Users.ProfileModel)</c>.</summary>
    public Type Needs { get; set; } = null!;

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var administrator = ViewContext.HttpContext.Features.GetRequiredFeature<Administrator>();
        if (!administrator.Principal.MayOpen(Needs))
            output.TagName = null;
    }
}
